const words = {
  title: "搜索",
};
export default words;
