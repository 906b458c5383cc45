/** The listening sessions the fake host starts with: one heard, one on its way, one only thought of. */
import type { ListeningSession } from "../generated/types";
import { meta, newId, state, TODAY } from "./state";

const dayMs = 86_400_000;

/** Two in the afternoon, so many days from today. */
function afternoon(days: number): number {
  const d = new Date(Date.now() + days * dayMs);
  d.setHours(14, 0, 0, 0);
  return d.getTime();
}

type Planned = Pick<ListeningSession, "title" | "theme" | "question" | "place" | "starts_at">;

function add(planned: Planned, cases: number[], people: number[]): ListeningSession {
  const session: ListeningSession = {
    id: newId(),
    ...planned,
    facilitator_id: state.people[1]?.id ?? null,
    people: people.flatMap((i) => state.people[i]?.id ?? []),
    cases: cases.flatMap((i) => state.cases[i]?.id ?? []),
    ...meta(state.actor, TODAY),
  };
  state.sessions.push(session);
  return session;
}

export function seedSessions(): void {
  const heard = add(
    {
      title: "退货的边界在哪里",
      theme: "大件售后",
      question: "如果规则没错、客户也没错，错的是哪一步？",
      place: "三楼 B 区",
      starts_at: afternoon(-3),
    },
    [0, 2, 7, 3],
    [0, 1],
  );
  const marked = state.observations.filter((o) => heard.cases.includes(o.case_id)).slice(0, 8);
  for (const mark of marked) mark.session_id = heard.id;
  add(
    {
      title: "钱什么时候到账",
      theme: "支付与退款",
      question: "同一笔退款，我们跟客户说了几个日子？",
      place: "远程",
      starts_at: afternoon(2),
    },
    [10, 11],
    [0],
  );
  add({ title: "新店第一周", theme: "", question: "", place: "", starts_at: null }, [], []);
}
