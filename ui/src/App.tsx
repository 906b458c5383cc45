import { QueryClientProvider } from "@tanstack/react-query";
import { Tooltip } from "radix-ui";
import { useEffect } from "react";
import { Redirect, Route, Router, Switch } from "wouter";
import { later } from "./parts/later";
import { queryClient } from "./records/queries";
import Library from "./screens/library";
import { useHashPath, useHashSearch } from "./seat/hash";
import { AppShell } from "./shell/AppShell";
import { Opened } from "./shell/Unopened";

// What is not seen first is fetched when it is gone to.
const Align = later(() => import("./screens/live-after/Align"));
const Bin = later(() => import("./screens/bin"));
const Console = later(() => import("./screens/console"));
const Import = later(() => import("./screens/import/plan"));
const Issue = later(() => import("./screens/issue"));
const Issues = later(() => import("./screens/issues"));
const Session = later(() => import("./screens/sessions/page"));
const Sessions = later(() => import("./screens/sessions"));
const Live = later(() => import("./screens/live"));
const Search = later(() => import("./screens/search"));
const Settings = later(() => import("./screens/settings"));

/** Every address of the app. Paths live behind `#`, so the window needs no server. */
export function Routes() {
  return (
    <Switch>
      <Route path="/cases" component={Library} />
      <Route path="/case/:id">{({ id }) => <Console key={id} caseId={id} />}</Route>
      <Route path="/bin" component={Bin} />
      <Route path="/import" component={Import} />
      <Route path="/live/align/:id">{({ id }) => <Align key={id} callId={id} />}</Route>
      <Route path="/live" component={Live} />
      <Route path="/sessions" component={Sessions} />
      <Route path="/session/:id">{({ id }) => <Session key={id} sessionId={id} />}</Route>
      <Route path="/issues" component={Issues} />
      <Route path="/issue/:id">{({ id }) => <Issue key={id} issueId={id} />}</Route>
      <Route path="/search" component={Search} />
      <Route path="/settings/:tab?">{({ tab }) => <Settings tab={tab} />}</Route>
      <Route>
        <Redirect to="/cases" replace />
      </Route>
    </Switch>
  );
}

/** How long the first screen has the machine to itself. */
const FIRST_SCREEN_MS = 500;

/** From the first screen people go to a call: its code is fetched while nobody waits for it. */
function Ahead() {
  useEffect(() => {
    const idle = setTimeout(() => void Console.ahead().catch(() => undefined), FIRST_SCREEN_MS);
    return () => clearTimeout(idle);
  }, []);
  return null;
}

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider delayDuration={450} skipDelayDuration={200}>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <Opened>
            <AppShell>
              <Routes />
            </AppShell>
            <Ahead />
          </Opened>
        </Router>
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}
