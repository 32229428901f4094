// Help of the settings.
import type { PageHelp } from "../frame/Help";

export const settingsHelp: PageHelp = {
  title: "Settings",
  body: (
    <>
      <h3>ClickHouse API key</h3>
      <p>
        With a key Pipelink creates endpoints, shows all of your organization, and warns before ClickHouse deletes one.
        Make it in ClickHouse Cloud under API keys, with the right to manage ClickPipes of the services that you connect:
        ClickHouse asks for that right even to read endpoints.
      </p>
      <p>
        The secret is kept in the keyring of the operating system, or in memory until Pipelink ends. It never comes back
        to this page. Without a key you make the AWS side here, and paste two values into ClickHouse.
      </p>
      <h3>Appearance</h3>
      <p>Light, dark, or as the system says.</p>
      <h3>Journals and logs</h3>
      <p>
        The journals hold what was seen and what was done. Copy them to keep them. Neither they nor the logs hold a
        secret.
      </p>
    </>
  ),
};
