import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IssueView } from "../../ipc";
import { addRecord } from "../../ipc";
import { isComposing, keyName } from "../../keys/chord";
import { Avatar } from "../../parts/Avatar";
import { Button } from "../../parts/Button";
import { Kbd } from "../../parts/Kbd";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { WithheldFields } from "../../parts/WithheldFields";
import { useWithheld } from "../../records/withheld";
import { dayTime } from "../../text/format";
import css from "./Comments.module.css";

/** What people say about the issue. */
export function Comments({ view }: { view: IssueView }) {
  const { t } = useTranslation("issues");
  const why = useWithheld()("comment.add");
  const [text, setText] = useState("");
  const send = useMutation({
    mutationFn: () => addRecord("comment", { issue_id: view.row.issue.id, text: text.trim() }),
    onSuccess: () => setText(""),
  });
  const ready = text.trim() !== "" && !send.isPending;
  const submit = (e?: FormEvent) => {
    e?.preventDefault();
    if (ready) send.mutate();
  };
  return (
    <section aria-label={t("comments.title")} data-region>
      <SectionHead
        title={t("comments.title")}
        note={view.comments.length > 0 ? view.comments.length : undefined}
      />
      {view.comments.length === 0 ? <p className="faint small pad">{t("comments.none")}</p> : null}
      <ul className={css.list}>
        {view.comments.map(({ comment, author }) => (
          <li key={comment.id}>
            <Avatar name={author} />
            <div className="grow">
              <p>
                <bdi>
                  <b>{author}</b>
                </bdi>{" "}
                <span className="faint small">{dayTime(comment.created_at)}</span>
              </p>
              <p className="pre">{comment.text}</p>
            </div>
          </li>
        ))}
      </ul>
      <WithheldFields why={why}>
        <form className={css.form} onSubmit={submit}>
          <textarea
            className="input"
            rows={2}
            aria-label={t("comments.write")}
            placeholder={t("comments.hint")}
            value={text}
            onChange={(e) => setText(e.target.value)}
            onKeyDown={(e) => {
              if (keyName(e) === "Enter" && (e.ctrlKey || e.metaKey) && !isComposing(e.nativeEvent)) submit();
            }}
          />
          <Button type="submit" disabled={!ready}>
            {t("comments.send")}
            <Kbd>{t("key.save")}</Kbd>
          </Button>
        </form>
      </WithheldFields>
      <Problem error={send.error} />
    </section>
  );
}
