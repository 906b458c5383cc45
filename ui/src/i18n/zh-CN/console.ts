const words = {
  title: "听案台",
};
export default words;
