import type { SameKeys } from "../same";
import type zh from "../zh-CN/people";

const words: SameKeys<typeof zh> = {
  title: "People",
  seat: "At this seat: {{name}}. Change",
  who: "Who is here now",
  add: "Add a person",
  manage: "Manage",
  name: "Name",
  role: "Role",
  unit: "Department",
  roleParticipant: "Participant",
  roleMentor: "Mentor",
  roleFacilitator: "Facilitator",
  roleAnalyst: "Analyst",
};
export default words;
