/** Links to what is here: out of the app, and back in. */
import { ipc, type Link } from "../ipc";
import { type Place, placePath } from "./place";

/** A place in a call as a link. */
export const momentOf = (case_id: string, place: Place): Link => ({ to: "moment", case_id, ...place });

/** The address inside the app that a link leads to. */
export function linkPath(link: Link): string {
  if (link.to === "issue") return `/issue/${link.issue_id}`;
  return link.to === "session" ? `/session/${link.session_id}` : placePath(link.case_id, link);
}

/** Whether a text claims to be one of our links. */
export const claimsLink = (text: string): boolean => /^qinting:/i.test(text.trim());

/** Puts a link on the clipboard. */
export const copyLink = async (link: Link): Promise<void> => ipc.copyText(await ipc.linkTo(link));
