import { useTranslation } from "react-i18next";
import type { ActionId } from "../../../keys/actions";
import { useChordLabels } from "../../../keys/labels";
import { Icon } from "../../../parts/Icon";
import { Kbd } from "../../../parts/Kbd";
import { Menu, MenuItem } from "../../../parts/Menu";
import { useKeyTags } from "../../../things/mark/tags";
import { useConsole } from "../store";
import css from "./TagKeypad.module.css";

type Props = { chosen: readonly string[]; onChange: (tags: string[]) => void };

/** The first nine tags of the codebook under their keys, the rest in a menu. */
export function TagKeypad({ chosen, onChange }: Props) {
  const { t } = useTranslation("console");
  const chord = useChordLabels();
  const tags = useKeyTags();
  const first = tags.slice(0, 9);
  const rest = tags.slice(9);
  const others = rest.filter((tag) => chosen.includes(tag.id)).length;
  const toggle = (id: string) => {
    useConsole.setState({ lastTag: id });
    onChange(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id]);
  };
  return (
    <div className={css.keypad} role="group" aria-label={t("tags")}>
      {first.map((tag, i) => {
        const key = chord(`mark.tag${i + 1}` as ActionId);
        return (
          <button
            key={tag.id}
            type="button"
            aria-pressed={chosen.includes(tag.id)}
            aria-keyshortcuts={key?.aria}
            data-testid={`tag-key-${i + 1}`}
            title={tag.definition ? `${tag.name}\n${tag.definition}` : tag.name}
            onClick={() => toggle(tag.id)}
          >
            {key ? (
              <Kbd>{key.text}</Kbd>
            ) : (
              <i className={css.swatch} style={{ background: `var(--tag-${tag.colour})` }} />
            )}
            <span className="cut">{tag.name}</span>
          </button>
        );
      })}
      {rest.length > 0 && (
        <Menu
          align="end"
          trigger={
            <button type="button" className={css.more} aria-pressed={others > 0}>
              <Icon name="more" size="small" />
              {others > 0 ? t("tagsMoreChosen", { count: others }) : t("tagsMore")}
            </button>
          }
        >
          {rest.map((tag) => (
            <MenuItem key={tag.id} checked={chosen.includes(tag.id)} onSelect={() => toggle(tag.id)}>
              {tag.name}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  );
}
