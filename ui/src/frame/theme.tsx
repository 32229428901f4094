// Light or dark: as chosen, or as the system says. The choice is kept by Rust.
import { applyMode, Mode } from "@cloudscape-design/global-styles";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";

import type { Theme } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";

interface ThemeChoice {
  theme: Theme;
  /** Shows it at once and has it kept; rejects where it could not be kept. */
  choose: (theme: Theme) => Promise<void>;
}

const ThemeContext = createContext<ThemeChoice | null>(null);

const DARK = "(prefers-color-scheme: dark)";

export function ThemeProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [theme, setTheme] = useState<Theme>("system");
  // What is chosen meanwhile stands against a late answer.
  const chosen = useRef(false);

  useEffect(() => {
    // Where the settings cannot be read, the page stays as the system says; the settings page tells why.
    client.settings().then(
      (settings) => {
        if (!chosen.current) setTheme(settings.theme);
      },
      () => undefined,
    );
  }, [client]);

  useEffect(() => {
    const system = window.matchMedia(DARK);
    const apply = () => applyMode(theme === "dark" || (theme === "system" && system.matches) ? Mode.Dark : Mode.Light);
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [theme]);

  const choose = useCallback(
    async (next: Theme) => {
      chosen.current = true;
      setTheme(next);
      await client.setTheme(next);
    },
    [client],
  );
  const value = useMemo(() => ({ theme, choose }), [theme, choose]);
  return <ThemeContext value={value}>{children}</ThemeContext>;
}

export function useTheme(): ThemeChoice {
  const choice = useContext(ThemeContext);
  if (!choice) throw new Error("no theme provider");
  return choice;
}
