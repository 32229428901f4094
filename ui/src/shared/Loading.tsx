// What a page or a part of it shows while it has nothing yet.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
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

/** The shape of a page that is being read: the line says what is read, the bars only hold the place. */
export function LoadingPage({ what }: { what: string }) {
  return (
    <Container>
      <SpaceBetween size="m">
        <div role="status">
          <Box color="text-body-secondary">
            <Spinner /> {what}
          </Box>
        </div>
        <div aria-hidden="true">
          <SpaceBetween size="s">
            <Skeleton variant="text-heading-m" width="40%" />
            <Skeleton variant="text-body-m" width="90%" />
            <Skeleton variant="text-body-m" width="75%" />
            <Skeleton variant="text-body-m" width="85%" />
          </SpaceBetween>
        </div>
      </SpaceBetween>
    </Container>
  );
}
