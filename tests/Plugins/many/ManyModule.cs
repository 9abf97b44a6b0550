using Modular.Sdk;

namespace Modular.Plugins.Many;

/// <summary>Several bad neighbours in one project: the folder it lies in says which one it is.</summary>
public sealed class ManyModule : IModule
{
    private static string Folder => Path.GetFileName(Path.GetDirectoryName(typeof(ManyModule).Assembly.Location)!);

    public ManyModule()
    {
        if (Folder == "constructs")
        {
            throw new InvalidOperationException("The licence server did not answer.");
        }
    }

    public void Configure(ModuleBuilder module)
    {
        switch (Folder)
        {
            case "steals":
                module.Permission("patients.patient.read", "See patients", Roles.FrontDesk);
                break;
            case "lurks":
                module.Services.Add(new(typeof(Microsoft.Extensions.Hosting.IHostedService), typeof(Lurker), Microsoft.Extensions.DependencyInjection.ServiceLifetime.Singleton));
                break;
            case "stumbles":
                Stumble();
                break;
            default:
                // "migrates" only has a migration that fails, as all of them.
                module.Permission($"{module.Manifest.Id}.page.read", "See its pages", Roles.Manager);
                break;
        }
    }

    /// <summary>Nobody can await it, so nobody catches what it throws.</summary>
    private static async void Stumble()
    {
        await Task.Yield();
        throw new InvalidOperationException("CANARY Zqcanary Vale, born 1931");
    }
}

public sealed class Lurker : Microsoft.Extensions.Hosting.BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new InvalidOperationException("Nobody would know.");
}
