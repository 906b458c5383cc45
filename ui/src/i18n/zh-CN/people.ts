const words = {
  title: "人",
};
export default words;
