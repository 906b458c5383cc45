import { Dialog } from "radix-ui";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { type ActionId, actionIds, actions, type KeyGroup } from "../keys/actions";
import { useAllChords } from "../keys/labels";
import { Button } from "../parts/Button";
import { Kbd } from "../parts/Kbd";
import { wordKey } from "../parts/words";
import css from "./KeySheet.module.css";

const groups: KeyGroup[] = ["play", "mark", "range", "live", "text", "app"];
/** One line stands for all nine. */
const folded = /^mark\.tag[2-9]$|^text\.severity[1-3]$/;

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** All keys on one sheet, as they are set now. */
export function KeySheet({ open, onOpenChange }: Props) {
  const { t } = useTranslation("keys");
  const all = useAllChords();
  const chords = (action: ActionId) => {
    const texts = all(action);
    return action === "mark.tag1" || action === "text.severity0"
      ? texts.map((c) => `${c}–${last[action]}`)
      : texts;
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Dialog.Portal>
        <Dialog.Content
          className={css.sheet}
          aria-describedby={undefined}
          tabIndex={-1}
          // The sheet itself takes the focus: a focused button would show its tooltip over the words.
          onOpenAutoFocus={(e) => {
            e.preventDefault();
            (e.currentTarget as HTMLElement).focus();
          }}
        >
          <div className={css.head}>
            <Dialog.Title>{t("sheetTitle")}</Dialog.Title>
            <span className="faint">{t("sheetHint")}</span>
            <span className="grow" />
            <Dialog.Close asChild>
              <Button tone="ghost" size="small" icon="x" label={t("close", { ns: "common" })} />
            </Dialog.Close>
          </div>
          <div className={css.groups}>
            {groups.map((group) => (
              <section key={group} aria-label={t(wordKey("group", group))}>
                <h3>{t(wordKey("group", group))}</h3>
                <dl>
                  {actionIds
                    .filter((id) => actions[id].group === group && !folded.test(id))
                    .map((id) => (
                      <Fragment key={id}>
                        <dt>
                          {chords(id).map((c) => (
                            <Kbd key={c}>{c}</Kbd>
                          ))}
                        </dt>
                        <dd>
                          {t(rowOf[id] ?? id)}
                          {id === "mark.tag1" && <span className="faint"> {t("tagHint")}</span>}
                        </dd>
                      </Fragment>
                    ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What the one line is called that stands for a row of keys. */
const rowOf: Partial<Record<ActionId, "tagsAll" | "severityAll">> = {
  "mark.tag1": "tagsAll",
  "text.severity0": "severityAll",
};
const last: Partial<Record<ActionId, string>> = { "mark.tag1": "9", "text.severity0": "3" };
