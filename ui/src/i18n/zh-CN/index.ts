import actions from "./actions";
import align from "./align";
import bin from "./bin";
import commitments from "./commitments";
import common from "./common";
import consoleWords from "./console";
import errors from "./errors";
import imports from "./imports";
import issues from "./issues";
import keys from "./keys";
import library from "./library";
import live from "./live";
import people from "./people";
import search from "./search";
import sessions from "./sessions";
import settings from "./settings";
import welcome from "./welcome";

export const zhCN = {
  actions,
  align,
  bin,
  commitments,
  common,
  errors,
  keys,
  console: consoleWords,
  library,
  imports,
  issues,
  live,
  settings,
  search,
  people,
  sessions,
  welcome,
};
