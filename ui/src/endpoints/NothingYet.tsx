// The board before there is anything on it: what it would show, and the first thing to do.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { navigate } from "../frame/routes";

export function NoEndpoints() {
  return (
    <Container>
      <Box textAlign="center" padding={{ vertical: "xl" }}>
        <SpaceBetween size="m">
          <Box variant="h2">No endpoints yet</Box>
          <Box color="text-body-secondary">
            A reverse private endpoint lets ClickPipes read from a database in your AWS account without the public
            internet. Set up the first connection, and its endpoint appears here with its DNS names.
          </Box>
          <Button onClick={() => navigate({ page: "setup" })}>Set up the first connection</Button>
        </SpaceBetween>
      </Box>
    </Container>
  );
}

/** Without a key Pipelink cannot see ClickHouse's side; it can still make AWS's side. */
export function NoKey() {
  return (
    <Alert
      type="info"
      header="No ClickHouse API key is set for this account"
      action={<Button onClick={() => navigate({ page: "settings" })}>Enter a key</Button>}
    >
      With a key Pipelink shows every endpoint of your organization with its status and DNS names, warns before
      ClickHouse deletes one, and creates endpoints for you. Without one you can still set up the AWS side and paste the
      values into ClickHouse yourself.
    </Alert>
  );
}
