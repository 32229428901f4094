// Starts the page in the real window.
import { createRoot } from "react-dom/client";

import { tauriClient } from "./ipc/client";
import { Window } from "./frame/Window";

const root = document.getElementById("root");
if (root) createRoot(root).render(<Window client={tauriClient()} />);
