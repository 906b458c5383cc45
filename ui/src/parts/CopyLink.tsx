import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Link } from "../ipc";
import { copyLink } from "../seat/link";
import { Button } from "./Button";
import { Problem } from "./Problem";

/** How long it says that the link is on the clipboard. */
const SAID_MS = 2_000;

type Props = { link: Link; label?: string; size?: "small" };

/** Puts a link on the clipboard, and says for a moment that it did. */
export function CopyLink({ link, label, size }: Props) {
  const { t } = useTranslation();
  const copy = useMutation({ mutationFn: () => copyLink(link) });
  const { isSuccess, reset } = copy;
  useEffect(() => {
    if (!isSuccess) return;
    const timer = setTimeout(reset, SAID_MS);
    return () => clearTimeout(timer);
  }, [isSuccess, reset]);
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
