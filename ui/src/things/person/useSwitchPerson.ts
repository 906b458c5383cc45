import { useMutation } from "@tanstack/react-query";
import { ipc } from "../../ipc";
import { readAgain } from "../../records/fresh";
import { useUndo } from "../../records/undo";

/** Somebody else sits down here: what is offered and seen is theirs from then on. */
export const useSwitchPerson = (onDone: () => void = () => undefined) =>
  useMutation({
    mutationFn: (id: string) => ipc.switchPerson(id),
    onSuccess: () => {
      readAgain();
      // What the one before did is not for the next one to take back with one key.
      useUndo.getState().dismiss();
      onDone();
    },
  });
