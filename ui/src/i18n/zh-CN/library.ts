const words = {
  title: "听案",
};
export default words;
