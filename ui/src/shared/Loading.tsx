// What a page shows while it has nothing yet.
import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";

/** A quiet line with a spinner; `what` is a whole phrase, such as "Reading the region's databases". */
export function Loading({ what }: { what: string }) {
  return (
    <div role="status">
      <Box padding="l" color="text-body-secondary" textAlign="center">
        <Spinner /> {what}
      </Box>
    </div>
  );
}
