/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app({ stage }) {
    const { APP, settingsOf, toldIn } = await import("./infra/settings.ts");
    const { region } = settingsOf(stage, toldIn(process.env.STAGE_SETTINGS));
    return {
      name: APP,
      home: "aws",
      removal: stage === "production" ? "retain" : "remove",
      protect: stage === "production",
      providers: { aws: { region } },
    };
  },
  console: {
    autodeploy: {
      // Every push to main goes to staging; production is deployed by a tag, and nothing else by itself.
      target(event) {
        if (event.type === "pull_request" || event.action !== "pushed") return undefined;
        if (event.type === "tag") return { stage: "production" };
        return event.branch === "main" ? { stage: "staging" } : undefined;
      },
    },
  },
  async run() {
    const { app } = await import("./infra/app.ts");
    return app();
  },
});
