import type { IssueRow } from "../../ipc";
import { replayIssue, replayToggle, useReplay, useRunId } from "../mark/replay";
import { useFetchIssue } from "./queries";

/** Which issue is heard now, and how its row starts or pauses it. */
export function useRowReplay() {
  const fetchIssue = useFetchIssue();
  const heardId = useRunId();
  const playing = useReplay((s) => s.playing);
  const onToggle = async (row: IssueRow) => {
    if (heardId === row.issue.id) return replayToggle();
    try {
      await replayIssue(await fetchIssue(row.issue.id));
    } catch (error) {
      useReplay.setState({ error });
    }
  };
  return {
    heardId,
    playingId: playing ? heardId : null,
    onToggle: (row: IssueRow) => void onToggle(row),
  };
}
