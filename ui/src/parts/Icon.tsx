import css from "./Icon.module.css";

/** The one set of icons: 24 box, drawn as strokes, round caps; only the play triangle is filled by its button. */
const drawings = {
  back: (
    <>
      <path d="M4.5 12a7.5 7.5 0 1 0 2.6-5.7L4.5 8.5" />
      <path d="M4.5 4v4.5H9" />
    </>
  ),
  bell: (
    <>
      <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4" />
    </>
  ),
  board: (
    <>
      <path d="M4 5h4.5v14H4zM10 5h4.5v9H10zM16 5h4v6h-4z" />
    </>
  ),
  bookmark: (
    <>
      <path d="M7 4h10v16l-5-4-5 4z" />
    </>
  ),
  case: (
    <>
      <path d="M4 15v-2a8 8 0 0 1 16 0v2" />
      <path d="M4 15.5a2 2 0 0 1 2-2h1.5v6.5H6a2 2 0 0 1-2-2zM20 15.5a2 2 0 0 0-2-2h-1.5v6.5H18a2 2 0 0 0 2-2z" />
    </>
  ),
  check: (
    <>
      <path d="M5 12.5l4.5 4.5L19 7.5" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M12 7.5V12l3 2" />
    </>
  ),
  cut: (
    <>
      <circle cx="6.5" cy="7" r="2.5" />
      <circle cx="6.5" cy="17" r="2.5" />
      <path d="M8.7 8.4L20 17M8.7 15.6L20 7" />
    </>
  ),
  disk: (
    <>
      <path d="M4 6.5C4 5 7.6 4 12 4s8 1 8 2.5S16.4 9 12 9 4 8 4 6.5z" />
      <path d="M4 6.5v11C4 19 7.6 20 12 20s8-1 8-2.5v-11M4 12c0 1.5 3.6 2.5 8 2.5s8-1 8-2.5" />
    </>
  ),
  down: (
    <>
      <path d="M5.5 9.5L12 16l6.5-6.5" />
    </>
  ),
  edit: (
    <>
      <path d="M4 20l1-4.5L16.5 4a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.5 19z" />
      <path d="M14.5 6l3.5 3.5" />
    </>
  ),
  export: (
    <>
      <path d="M12 15V4M8 7.5L12 4l4 3.5M5 13v6.5h14V13" />
    </>
  ),
  eye: (
    <>
      <path d="M3 12c1-2.5 4-6.5 9-6.5s8 4 9 6.5c-1 2.5-4 6.5-9 6.5S4 14.5 3 12z" />
      <circle cx="12" cy="12" r="2.6" />
    </>
  ),
  eyeoff: (
    <>
      <path d="M4 4l16 16M9.9 5.7A9.5 9.5 0 0 1 12 5.5c5 0 8 4 9 6.5a13 13 0 0 1-2.7 3.7M6.5 7.5A12.5 12.5 0 0 0 3 12c1 2.5 4 6.5 9 6.5 1.6 0 3-.4 4.2-1" />
    </>
  ),
  file: (
    <>
      <path d="M6 3h9l4 4v14H6zM15 3v4h4" />
    </>
  ),
  filter: (
    <>
      <path d="M4 5h16l-6.2 7.5V19l-3.6-2v-4.5z" />
    </>
  ),
  fit: (
    <>
      <path d="M4 8V5h4M20 8V5h-4M4 16v3h4M20 16v3h-4M8 12h8" />
    </>
  ),
  flag: (
    <>
      <path d="M6 21V4M6 5c4-2.5 7 2.5 12 0v8.5c-5 2.5-8-2.5-12 0" />
    </>
  ),
  folder: (
    <>
      <path d="M3.5 6.5h6l2 2.5h9v10h-17z" />
    </>
  ),
  fwd: (
    <>
      <path d="M19.5 12a7.5 7.5 0 1 1-2.6-5.7l2.6 2.2" />
      <path d="M19.5 4v4.5H15" />
    </>
  ),
  headphones: (
    <>
      <path d="M4 15v-2a8 8 0 0 1 16 0v2" />
      <path d="M4 15h3v5H6a2 2 0 0 1-2-2zM20 15h-3v5h1a2 2 0 0 0 2-2z" />
    </>
  ),
  heart: (
    <>
      <path d="M12 19.5C7 16 4 13 4 9.5A4 4 0 0 1 12 8a4 4 0 0 1 8 1.5c0 3.5-3 6.5-8 10z" />
    </>
  ),
  history: (
    <>
      <path d="M4.5 12a7.5 7.5 0 1 0 2.6-5.7L4.5 8.5M4.5 4v4.5H9M12 8v4.5l3 1.5" />
    </>
  ),
  import: (
    <>
      <path d="M12 4v11M8 11.5l4 3.5 4-3.5M5 13v6.5h14V13" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="8.2" />
      <path d="M12 11v5M12 8v.01" />
    </>
  ),
  issue: (
    <>
      <path d="M8.5 6H20M8.5 12H20M8.5 18H15" />
      <path d="M4 6h.01M4 12h.01M4 18h.01" strokeWidth="2.6" />
    </>
  ),
  key: (
    <>
      <rect x="3" y="6.5" width="18" height="11" rx="1.5" />
      <path d="M6.5 10h.01M10 10h.01M13.5 10h.01M17 10h.01M8 14h8" />
    </>
  ),
  left: (
    <>
      <path d="M14.5 5.5L8 12l6.5 6.5" />
    </>
  ),
  link: (
    <>
      <path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1" />
    </>
  ),
  live: (
    <>
      <circle cx="12" cy="12" r="2.2" />
      <path d="M8 16a5.6 5.6 0 0 1 0-8M16 8a5.6 5.6 0 0 1 0 8M5 19a9.9 9.9 0 0 1 0-14M19 5a9.9 9.9 0 0 1 0 14" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="11" width="14" height="9" rx="1.5" />
      <path d="M8 11V8a4 4 0 0 1 8 0v3" />
    </>
  ),
  loop: (
    <>
      <path d="M17 3l3 3-3 3M4 12V9a3 3 0 0 1 3-3h13M7 21l-3-3 3-3M20 12v3a3 3 0 0 1-3 3H4" />
    </>
  ),
  mark: (
    <>
      <path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z" />
      <path d="M9.5 10h5M12 7.5v5" />
    </>
  ),
  merge: (
    <>
      <path d="M6 4v5c0 3 6 3 6 7v4M18 4v5c0 3-6 3-6 7" />
    </>
  ),
  moon: (
    <>
      <path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z" />
    </>
  ),
  more: (
    <>
      <path d="M6 12h.01M12 12h.01M18 12h.01" strokeWidth="2.6" />
    </>
  ),
  next: (
    <>
      <path d="M5.5 6v12l9.5-6zM18 6v12" />
    </>
  ),
  note: (
    <>
      <path d="M5 4h14v11l-5 5H5z" />
      <path d="M14 20v-5h5M8.5 8.5h7M8.5 12h4" />
    </>
  ),
  pause: (
    <>
      <path d="M8.5 5.5v13M15.5 5.5v13" />
    </>
  ),
  play: (
    <>
      <path d="M8 5.5v13l10.5-6.5z" />
    </>
  ),
  plus: (
    <>
      <path d="M12 5v14M5 12h14" />
    </>
  ),
  prev: (
    <>
      <path d="M18.5 6v12L9 12zM6 6v12" />
    </>
  ),
  quote: (
    <>
      <path d="M9 4H5v10M15 20h4V10" />
    </>
  ),
  return: (
    <>
      <path d="M9 7L4.5 11.5 9 16M4.5 11.5H15a4.5 4.5 0 0 1 0 9h-2" />
    </>
  ),
  right: (
    <>
      <path d="M9.5 5.5L16 12l-6.5 6.5" />
    </>
  ),
  scale: (
    <>
      <path d="M12 4v16M7 20h10M5 7h14M5 7l-2.5 6a2.8 2.8 0 0 0 5 0zM19 7l-2.5 6a2.8 2.8 0 0 0 5 0z" />
    </>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="M15 15l5 5" />
    </>
  ),
  session: (
    <>
      <path d="M4 20v-5.5A1.5 1.5 0 0 1 5.5 13H9M20 20v-5.5a1.5 1.5 0 0 0-1.5-1.5H15M4 17h6M20 17h-6" />
      <circle cx="7" cy="7.5" r="2.5" />
      <circle cx="17" cy="7.5" r="2.5" />
    </>
  ),
  set: (
    <>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx="15" cy="7" r="2" />
      <circle cx="9" cy="17" r="2" />
    </>
  ),
  shield: (
    <>
      <path d="M12 3l7 2.5V11c0 5-3 8-7 10-4-2-7-5-7-10V5.5z" />
      <path d="M9 12l2.2 2.2L15.5 10" />
    </>
  ),
  sort: (
    <>
      <path d="M8 5v14M4.5 15.5L8 19l3.5-3.5M16 19V5M12.5 8.5L16 5l3.5 3.5" />
    </>
  ),
  speaker: (
    <>
      <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z" />
      <path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />
    </>
  ),
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4" />
    </>
  ),
  swap: (
    <>
      <path d="M4 8h14l-3.5-3.5M20 16H6l3.5 3.5" />
    </>
  ),
  table: (
    <>
      <path d="M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9" />
    </>
  ),
  tag: (
    <>
      <path d="M4 4h7.5L20 12.5 12.5 20 4 11.5z" />
      <path d="M8 8h.01" strokeWidth="2.4" />
    </>
  ),
  text: (
    <>
      <path d="M5 6h14M5 12h14M5 18h9" />
    </>
  ),
  trash: (
    <>
      <path d="M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7" />
    </>
  ),
  undo: (
    <>
      <path d="M9 14L4.5 9.5 9 5" />
      <path d="M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3" />
    </>
  ),
  up: (
    <>
      <path d="M5.5 14.5L12 8l6.5 6.5" />
    </>
  ),
  user: (
    <>
      <circle cx="12" cy="8" r="3.5" />
      <path d="M5 20c.8-4 3.5-6 7-6s6.2 2 7 6" />
    </>
  ),
  users: (
    <>
      <circle cx="9" cy="8.5" r="3" />
      <path d="M3 19c.6-3.5 2.8-5.2 6-5.2s5.4 1.7 6 5.2M15.5 6a3 3 0 0 1 0 5.5M17.5 14.3c2 .6 3.2 2.2 3.6 4.7" />
    </>
  ),
  vol: (
    <>
      <path d="M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />
    </>
  ),
  warn: (
    <>
      <path d="M12 4l9 16H3z" />
      <path d="M12 10v4.5M12 17.3v.01" />
    </>
  ),
  x: (
    <>
      <path d="M6 6l12 12M18 6L6 18" />
    </>
  ),
  zoomin: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="M15 15l5 5M8 10.5h5M10.5 8v5" />
    </>
  ),
  zoomout: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="M15 15l5 5M8 10.5h5" />
    </>
  ),
} as const;

export type IconName = keyof typeof drawings;

type Props = { name: IconName; size?: "tiny" | "small" | "large"; className?: string };

/** Decorative: the control around it carries the name. */
export function Icon({ name, size, className }: Props) {
  return (
    <svg
      className={className ? `${css.icon} ${className}` : css.icon}
      data-part="icon"
      data-size={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  );
}
