import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Icon } from "../../../parts/Icon";
import { sessionPath } from "../../../things/session/paths";
import { useSessions } from "../../../things/session/queries";
import css from "./Composer.module.css";

/** The listening session a mark was made in. */
export function HeardIn({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation("console");
  const { data } = useSessions();
  const title = data?.find((row) => row.session.id === sessionId)?.session.title;
  if (!title) return null;
  return (
    <Link
      href={sessionPath(sessionId, "marks")}
      className={css.place}
      title={t("heardIn", { title })}
      data-testid="mark-session"
    >
      <Icon name="session" size="small" />
      <span className="cut grow">{t("heardIn", { title })}</span>
    </Link>
  );
}
