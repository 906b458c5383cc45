const words = {
  title: "设置",
};
export default words;
