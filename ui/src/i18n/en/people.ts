import type { SameKeys } from "../same";
import type zh from "../zh-CN/people";

const words: SameKeys<typeof zh> = {
  title: "People",
  seat: "At this seat: {{name}}. Change",
  who: "Who is here now",
  add: "Add a person",
  manage: "Manage",
  name: "Name",
  roles: "Roles",
  unit: "Department",
  roleParticipant: "Participant",
  roleMentor: "Mentor",
  roleAgent: "Agent",
  roleFacilitator: "Facilitator",
  roleCurator: "Curator",
  roleIssueOwner: "Issue owner",
  roleExporter: "Exporter",
  roleGuest: "Guest",
  roleAdministrator: "Administrator",
  roleless: "No role yet",
  meansParticipant: "Listens: marks, files issues, edits their own",
  meansMentor: "Explains beside them; imports, edits case files",
  meansAgent: "Nominates calls, answers for their own",
  meansFacilitator: "Plans sessions; keeps people, tags and issues",
  meansCurator: "Keeps tags, texts and the issue list",
  meansIssueOwner: "Takes issues on until they are verified",
  meansExporter: "Takes findings out",
  meansGuest: "From outside; sees no calls and no issues",
  meansAdministrator: "Gives roles; may do everything",
  listSeparator: ", ",
  rolesLocked: "Roles are given by an administrator.",
  rolesSomeLocked: "The other roles are given by an administrator.",
  warnGivesAway:
    "From then on only {{name}} can give roles, and you no longer can. To keep that, make yourself an administrator first.",
  warnGivesAwayNew:
    "From then on only this new person can give roles, and you no longer can. To keep that, make yourself an administrator first.",
  warnLastOne:
    "This is the last administrator. Without one, everybody at this computer may do everything again.",
  rolesFree:
    "There is no administrator yet: everybody at this computer may do everything. Once somebody is an administrator, each person may do only what their roles allow.",
  rolesCount:
    "There is an administrator, so roles count: each person may do only what their roles allow, and an administrator gives them.",
  rolesNoLock: "Changing who sits here needs no password: roles guard against mistakes, they are no lock.",
};
export default words;
