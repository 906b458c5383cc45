/** Live calls that are over, as somebody listened to them. */
import type { LiveCall, ObservationKind, ObservationView } from "../../src/ipc";
import { ipc } from "../../src/ipc";
import { stage } from "./carrier";

const lasts = (ms: number) => stage().ask("stage_time", { pass: ms });

/** A call of which nothing was kept but the clock, and what was marked in it; it goes on for a while after. */
export async function clockOnly(
  title: string,
  marks: [at: number, kind: ObservationKind, text: string][],
): Promise<{ call: LiveCall; marks: ObservationView[] }> {
  const { call } = await ipc.liveBegin({
    title,
    business_line: "物流",
    agent: "晚照",
    customer: "",
    mode: "clock_only",
    lanes: [],
    consent: null,
    notice: null,
    mentor_id: null,
    session_id: null,
    anchor: "8021",
  });
  const made: ObservationView[] = [];
  let now = 0;
  for (const [at, kind, text] of marks) {
    await lasts(at - now);
    now = at;
    made.push(await ipc.liveMark({ kind, tags: [], text, ago_ms: 0 }));
  }
  await lasts(120_000);
  await ipc.liveStop();
  return { call, marks: made };
}
