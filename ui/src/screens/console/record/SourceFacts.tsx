import { useTranslation } from "react-i18next";
import type { Contact } from "../../../ipc";
import css from "./CaseFile.module.css";
import { useShown } from "./Whole";

type Row = { path: string; text: string };

/** Each value by itself, whatever it stands in: `Agent.Groups[0]`. */
export function rowsOf(value: unknown, path = ""): Row[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => rowsOf(one, `${path}[${i}]`));
  if (value !== null && typeof value === "object")
    return Object.entries(value).flatMap(([name, one]) => rowsOf(one, path ? `${path}.${name}` : name));
  return [{ path, text: value === null || value === "" ? "" : String(value) }];
}

/** Everything a source said of a contact: what may be of a person by the beginning, until somebody sees it whole. */
export function SourceFacts({ contact }: { contact: Contact }) {
  const { t } = useTranslation("console");
  const rows = rowsOf(useShown(contact).facts);
  if (rows.length === 0) return null;
  return (
    <details className={css.said}>
      <summary className="link small">{t("factsAll", { count: rows.length })}</summary>
      <table>
        <tbody>
          {rows.map(({ path, text }) => (
            <tr key={path}>
              <th scope="row">
                <bdi>{path}</bdi>
              </th>
              <td>
                <bdi>{text || t("toldEmpty")}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
