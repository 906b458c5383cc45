import { useTranslation } from "react-i18next";
import type { SuffixRule } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import css from "./SuffixRules.module.css";

const sides = ["agent", "customer"] as const;

interface Props {
  rules: SuffixRule[];
  onChange: (rules: SuffixRule[]) => void;
}

/** Which ends of file names make two files one call; edited in the import sheet and in the settings. */
export function SuffixRules({ rules, onChange }: Props) {
  const { t } = useTranslation("library");
  const set = (at: number, change: Partial<SuffixRule>) =>
    onChange(rules.map((rule, i) => (i === at ? { ...rule, ...change } : rule)));
  return (
    <div className={css.rules}>
      <div className={css.head} aria-hidden="true">
        {sides.map((side) => (
          <VoiceLabel key={side} role={side} />
        ))}
      </div>
      <ul>
        {rules.map((rule, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no identity but its place
          <li key={i} className="row">
            <input
              className="input"
              aria-label={t("rules.agent", { n: i + 1 })}
              value={rule.agent}
              onChange={(e) => set(i, { agent: e.target.value })}
            />
            <input
              className="input"
              aria-label={t("rules.customer", { n: i + 1 })}
              value={rule.customer}
              onChange={(e) => set(i, { customer: e.target.value })}
            />
            <Button
              size="small"
              tone="ghost"
              icon="x"
              label={t("rules.remove", { n: i + 1 })}
              onClick={() => onChange(rules.filter((_, at) => at !== i))}
            />
          </li>
        ))}
      </ul>
      <Button size="small" icon="plus" onClick={() => onChange([...rules, { agent: "", customer: "" }])}>
        {t("rules.add")}
      </Button>
    </div>
  );
}
