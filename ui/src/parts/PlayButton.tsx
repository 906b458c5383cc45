import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { Tip } from "./Button";
import { Icon } from "./Icon";
import css from "./PlayButton.module.css";

type Props = ComponentProps<"button"> & {
  playing?: boolean;
  size?: "small" | "large";
  label?: string;
  chord?: string | undefined;
};

/** The round play button, in every list the same. */
export function PlayButton({ playing, size, label, chord, className, ...rest }: Props) {
  const { t } = useTranslation();
  const name = label ?? t(playing ? "pause" : "play");
  return (
    <Tip label={name} chord={chord}>
      <button
        type="button"
        {...rest}
        aria-label={name}
        className={className ? `${css.play} ${className}` : css.play}
        data-part="play"
        data-size={size}
        data-playing={playing || undefined}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
    </Tip>
  );
}
