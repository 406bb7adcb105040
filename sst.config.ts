/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app({ stage }) {
    const { APP } = await import("./infra/settings.ts");
    const { settingsOf, toldIn } = await import("./infra/stage-settings.ts");
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
      // A push to main deploys staging; a version tag (v1.2.3) deploys production, and nothing else deploys by itself.
      target(event) {
        if (event.type === "pull_request" || event.action !== "pushed") return undefined;
        if (event.type === "tag") {
          return /^v\d+\.\d+\.\d+$/.test(event.tag) ? { stage: "production" } : undefined;
        }
        return event.branch === "main" ? { stage: "staging" } : undefined;
      },
    },
  },
  async run() {
    const { app } = await import("./infra/app.ts");
    return app();
  },
});
