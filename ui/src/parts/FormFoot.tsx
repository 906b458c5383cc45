import { useTranslation } from "react-i18next";
import { Button } from "./Button";

type Props = {
  /** The word on the button that sends it. */
  submit: string;
  ready: boolean;
  onCancel: () => void;
  className?: string;
};

/** The end of a small form: out of it, or send it. */
export function FormFoot({ submit, ready, onCancel, className }: Props) {
  const { t } = useTranslation();
  return (
    <div className={className ? `row ${className}` : "row"}>
      <span className="grow" />
      <Button size="small" onClick={onCancel}>
        {t("cancel")}
      </Button>
      <Button size="small" tone="primary" type="submit" disabled={!ready}>
        {submit}
      </Button>
    </div>
  );
}
