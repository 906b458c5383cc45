import type { SameKeys } from "../same";
import type zh from "../zh-CN/actions";

const words: SameKeys<typeof zh> = {
  "case.edit": "Case file changed",
  "case.delete": "Case deleted",
  "recording.roles": "Channels changed",
  "segment.edit": "Line corrected",
  "observation.mark": "Moment marked",
  "observation.edit": "Observation changed",
  "observation.delete": "Observation deleted",
  "issue.create": "Issue filed",
  "issue.attach": "Evidence attached",
  "issue.detach": "Evidence taken off",
  "issue.edit": "Issue changed",
  "issue.merge": "Issue merged",
  "issue.status": "Status changed",
  "comment.add": "Comment written",
  "person.add": "Person added",
  "person.edit": "Person changed",
  "settings.edit": "Settings changed",
  "tag.add": "Tag added",
  "tag.edit": "Tag changed",
  "tag.merge": "Tags merged",
  "tag.reorder": "Tags reordered",
  "tag.restore": "Tag restored",
  "tag.retire": "Tag retired",
  "case.import": "Case imported",
  undo: "One step undone",
  other: "Changed",
};
export default words;
