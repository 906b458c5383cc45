/** 现场: before a call, while it goes on, and its end. */
const words = {
  title: "现场",
};
export default words;
