import { QueryClientProvider } from "@tanstack/react-query";
import { Tooltip } from "radix-ui";
import { Redirect, Route, Router, Switch } from "wouter";
import Console from "../screens/console";
import Issue from "../screens/issue";
import Issues from "../screens/issues";
import Library from "../screens/library";
import Search from "../screens/search";
import Settings from "../screens/settings";
import { AppShell } from "../shell/AppShell";
import { useHashPath, useHashSearch } from "./hash";
import { queryClient } from "./queries";

/** Every address of the app. Paths live behind `#`, so the window needs no server. */
export function Routes() {
  return (
    <Switch>
      <Route path="/cases" component={Library} />
      <Route path="/case/:id">{({ id }) => <Console key={id} caseId={id} />}</Route>
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

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider delayDuration={450} skipDelayDuration={200}>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <AppShell>
            <Routes />
          </AppShell>
        </Router>
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}
