import { type ComponentProps, useId } from "react";

type Props = ComponentProps<"input"> & { label: string; hint?: string };

/** A labelled line of text. */
export function Field({ label, hint, className, id, ...rest }: Props) {
  const made = useId();
  const field = id ?? made;
  return (
    <div className={className ? `field ${className}` : "field"}>
      <label className="label" htmlFor={field}>
        {label}
      </label>
      <input className="input" id={field} aria-describedby={hint ? `${field}-hint` : undefined} {...rest} />
      {hint && (
        <span className="label" id={`${field}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}
