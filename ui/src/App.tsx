import { QueryClientProvider } from "@tanstack/react-query";
import { Tooltip } from "radix-ui";
import { lazy, Suspense } from "react";
import { Redirect, Route, Router, Switch } from "wouter";
import { queryClient } from "./records/queries";
import Console from "./screens/console";
import Library from "./screens/library";
import { useHashPath, useHashSearch } from "./seat/hash";
import { AppShell } from "./shell/AppShell";
import { Opened } from "./shell/Unopened";

// What is not seen first is fetched when it is gone to.
const Align = lazy(() => import("./screens/live-after/Align"));
const Bin = lazy(() => import("./screens/bin"));
const Issue = lazy(() => import("./screens/issue"));
const Issues = lazy(() => import("./screens/issues"));
const Session = lazy(() => import("./screens/sessions/page"));
const Sessions = lazy(() => import("./screens/sessions"));
const Live = lazy(() => import("./screens/live"));
const Search = lazy(() => import("./screens/search"));
const Settings = lazy(() => import("./screens/settings"));

/** Every address of the app. Paths live behind `#`, so the window needs no server. */
export function Routes() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path="/cases" component={Library} />
        <Route path="/case/:id">{({ id }) => <Console key={id} caseId={id} />}</Route>
        <Route path="/bin" component={Bin} />
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
    </Suspense>
  );
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
          </Opened>
        </Router>
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}
