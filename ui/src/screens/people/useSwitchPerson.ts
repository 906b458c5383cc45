import { useMutation } from "@tanstack/react-query";
import { seatTaken } from "../../app/queries";
import { ipc } from "../../ipc";

/** Somebody else sits down here: what is offered and seen is theirs from then on. */
export const useSwitchPerson = (onDone: () => void = () => undefined) =>
  useMutation({
    mutationFn: ipc.switchPerson,
    onSuccess: () => {
      seatTaken();
      onDone();
    },
  });
