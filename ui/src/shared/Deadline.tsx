// When ClickHouse deletes an endpoint: interval, time from now, and what is assumed behind a button.
import Box from "@cloudscape-design/components/box";
import Popover from "@cloudscape-design/components/popover";

import type { DeletionWindow } from "../ipc/bindings";
import { assumption, deadlineWords } from "./deadline";

export function Deadline({ window, now }: { window: DeletionWindow; now: number }) {
  const words = deadlineWords(window, now);
  return (
    <Popover header="How this is known" content={assumption(window)} triggerType="text" size="medium">
      <span>
        {capital(words.away)}
        <Box variant="small" display="block" color="text-body-secondary">
          {words.when}
        </Box>
      </span>
    </Popover>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
