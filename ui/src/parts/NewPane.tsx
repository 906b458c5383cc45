import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isComposing, keyName } from "../keys/chord";
import { Button } from "./Button";
import css from "./NewPane.module.css";
import { Problem } from "./Problem";
import { sectionHead } from "./SectionHead";

interface Props {
  title: string;
  /** The word on the button that makes it. */
  create: string;
  createTestId: string;
  ready: boolean;
  error: unknown;
  onCreate: () => void;
  onClose: () => void;
  /** Beside the buttons, e.g. how many things were chosen. */
  foot?: ReactNode;
  children: ReactNode;
}

/** The pane beside a list in which something new is written: nothing covers what is playing. */
export function NewPane(props: Props) {
  const { title, create, createTestId, ready, error, onCreate, onClose, foot, children } = props;
  const { t } = useTranslation();
  const { t: issues } = useTranslation("issues");
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input")?.focus(), []);
  const submit = (e?: FormEvent) => {
    e?.preventDefault();
    if (ready) onCreate();
  };
  const onKeyDown = (e: KeyboardEvent) => {
    if (isComposing(e.nativeEvent)) return;
    if (keyName(e) === "Enter" && (e.ctrlKey || e.metaKey)) submit();
    if (keyName(e) === "Escape") {
      e.stopPropagation();
      onClose();
    }
  };
  return (
    <form
      ref={form}
      className={`${css.pane} scroll`}
      aria-labelledby={id}
      onSubmit={submit}
      onKeyDown={onKeyDown}
    >
      <div {...sectionHead}>
        <h2 id={id}>{title}</h2>
        <span className="grow" />
        <Button size="small" tone="ghost" icon="x" label={t("close")} onClick={onClose} />
      </div>
      {children}
      <Problem error={error} />
      <div className={`${css.foot} row`}>
        {foot}
        <span className="grow" />
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button type="submit" tone="primary" data-testid={createTestId} disabled={!ready}>
          {create}
          <kbd>{issues("key.save")}</kbd>
        </Button>
      </div>
    </form>
  );
}
