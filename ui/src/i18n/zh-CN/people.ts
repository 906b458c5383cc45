const words = {
  title: "人",
  seat: "坐在这里的是{{name}}，换人",
  who: "现在是谁",
  add: "加一个人",
  manage: "管理",
  name: "名字",
  role: "身份",
  unit: "部门",
  roleParticipant: "参与者",
  roleMentor: "师兄",
  roleFacilitator: "主持",
  roleAnalyst: "整理",
};
export default words;
