import { useTranslation } from "react-i18next";
import { useTrail } from "../../seat/crumbs";
import { useLive } from "../../things/live/call";
import { useSession } from "../../things/session/queries";
import { SetUp } from "./before/SetUp";
import { During } from "./during/During";
import css from "./Live.module.css";

/** 现场: what to listen to and how, then the call as it happens. */
export default function Live() {
  const { t } = useTranslation();
  const known = useLive((s) => s.known);
  const status = useLive((s) => s.status);
  const session = useSession(status?.call.session_id ?? null).data;
  useTrail(session?.row.session.title ?? "", status?.case.title ?? "");
  if (!known) return <div className={css.waiting} role="status" aria-label={t("loading")} />;
  return status ? <During key={status.call.id} status={status} /> : <SetUp />;
}
