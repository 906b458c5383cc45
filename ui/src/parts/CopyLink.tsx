import { useTranslation } from "react-i18next";
import type { Link } from "../ipc";
import { copyLink } from "../seat/link";
import { Button } from "./Button";
import { Problem } from "./Problem";
import { useCopying } from "./useCopying";

type Props = { link: Link; label?: string; size?: "small" };

/** Puts a link on the clipboard, and says for a moment that it did. */
export function CopyLink({ link, label, size }: Props) {
  const { t } = useTranslation();
  const copy = useCopying(() => copyLink(link));
  const { isSuccess } = copy;
  return (
    <>
      <Button
        {...(size ? { size } : {})}
        tone="ghost"
        icon={isSuccess ? "check" : "link"}
        label={isSuccess ? t("copied") : (label ?? t("copyLink"))}
        data-testid="copy-link"
        onClick={() => copy.mutate()}
      />
      <Problem error={copy.error} />
    </>
  );
}
