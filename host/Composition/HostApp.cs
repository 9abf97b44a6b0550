using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Modular.Host.Acknowledgements;
using Modular.Host.Api;
using Modular.Host.Approvals;
using Modular.Host.Attachments;
using Modular.Host.Audit;
using Modular.Host.Bus;
using Modular.Host.Callers;
using Modular.Host.ContactLog;
using Modular.Host.Codes;
using Modular.Host.Core;
using Modular.Host.Data;
using Modular.Host.Demo;
using Modular.Host.Disk;
using Modular.Host.Enabling;
using Modular.Host.Files;
using Modular.Host.Forms;
using Modular.Host.FirstRun;
using Modular.Host.Frame;
using Modular.Host.Gate;
using Modular.Host.Imports;
using Modular.Host.Indicators;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Host.Jobs;
using Modular.Host.Keys;
using Modular.Host.Letters;
using Modular.Host.Links;
using Modular.Host.Live;
using Modular.Host.Loading;
using Modular.Host.MailMerge;
using Modular.Host.Modules;
using Modular.Host.Observability;
using Modular.Host.PatientAccess;
using Modular.Host.PatientTables;
using Modular.Host.People;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Printing;
using Modular.Host.Programs;
using Modular.Host.Programs.Tokens;
using Modular.Host.Queues;
using Modular.Host.Retention;
using Modular.Host.Search;
using Modular.Host.Settings;
using Modular.Host.SignIn;
using Modular.Host.Signatures;
using Modular.Host.SignedIn;
using Modular.Host.Start;
using Modular.Host.Tasks;
using Modular.Host.Upgrading;
using Modular.Host.Webhooks;
using Modular.Sdk;

namespace Modular.Host.Composition;

/// <summary>
/// Puts the process together. Read top to bottom: what is registered, then what every request passes through.
/// The tests build the same application on a throw-away server.
/// </summary>
public static class HostApp
{
    public static WebApplication Build(StartOptions options, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HostApp).Assembly.GetName().Name,
            ContentRootPath = HostFolder.Path,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 30 * 1024 * 1024;
        });
        builder.WebHost.UseUrls(options.Address);
        builder.AddObservability(options);
        var modules = AddServices(builder.Services, options);
        adjust?.Invoke(builder);
        var app = builder.Build();
        TellRefusals(modules, app.Logger);
        Use(app, modules, options);
        CloseDataFolder(options, app.Logger);
        if (options.Cluster is { } cluster)
        {
            cluster.Restarted += app.Services.GetRequiredService<PracticeRegistry>().ForgetConnections;
        }

        if (options.Joined is { } joined)
        {
            joined.Restarted += app.Services.GetRequiredService<PracticeRegistry>().ForgetConnections;
        }

        if (options.CarriesOutInstalls)
        {
            app.Lifetime.ApplicationStarted.Register(() => new ModuleFolders(options.ModulesDirectory).Confirm(modules.Running.Select(m => m.Id)));
        }

        return app;
    }

    /// <summary>Said where the host was started, as on the modules page: whoever works on a module looks here first.</summary>
    private static void TellRefusals(InstalledModules modules, ILogger log)
    {
        foreach (var module in modules.All.Where(m => m is { Runs: false, Status: not ModuleStatus.HeldBack }))
        {
            log.LogWarning(module.Failure, "The module {Module} in {Folder} does not run. {Reason}", module.Id, module.Folder, module.Reason);
        }
    }

    private static void CloseDataFolder(StartOptions options, ILogger log)
    {
        var passed = ClusterUser.WeAreRoot && Directory.Exists(Path.Combine(options.DataDirectory, "postgres"));
        if (PrivateFiles.Close(Path.GetFullPath(options.DataDirectory), passed) is [var first, ..] left)
        {
            log.LogWarning("{Count} files and folders below the data folder are open to others and belong to somebody else; the first is {File}", left.Count, first);
        }
    }

    private static InstalledModules AddServices(IServiceCollection services, StartOptions options)
    {
        services.AddSingleton(options);
#pragma warning disable RS0030 // Everybody else asks for it.
        services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.AddSingleton(_ => new DatabaseServer(options.Connection ?? throw new InvalidOperationException("No database server: give --connection, or start through the command line.")));
        services.AddSingleton<Catalogue>();
        services.AddSingleton(new ConnectionLimit(options.MostConnections - Catalogue.Connections)).AddSingleton<ConnectionLimitInterceptor>();
        services.AddSingleton<PracticeRegistry>().AddSingleton<PracticeUpgrade>();
        services.AddSingleton<TakeUpPractice>(sp => sp.GetRequiredService<PracticeUpgrade>().TakeUpAsync);
        services.AddSingleton<PracticeMaker>();
        services.AddSingleton<NodeGates>().AddSingleton<NodeService>();
        services.AddHostedService(sp => sp.GetRequiredService<NodeService>());
        services.AddHostedService<JobFolders>();
        services.AddSingleton<DatabaseReturn>().AddSingleton<DiskSpace>().AddHostedService(sp => sp.GetRequiredService<DiskSpace>());
        services.AddScoped<ScopeContext>();
        services.AddScoped<IPractice>(sp => sp.GetRequiredService<ScopeContext>().Practice);
        services.AddTransient(sp => sp.GetRequiredService<ScopeContext>().Actor);
        services.AddScoped<CoreChanges>();
        services.AddScoped<DemoPractice>().AddSingleton<InboxWatch>().AddSingleton<DemoSeeder>();
        services.AddScoped<Work>();
        services.AddScoped<IWork>(sp => sp.GetRequiredService<Work>());
        services.AddScoped<PatientExport>().AddScoped<IPatientRecords, PatientRecords>();
        services.AddFrame();
        services.AddKeys().AddSessions().AddPeople().AddScoped<FirstSetUp>().AddSignIn();
        services.AddPrograms().AddWebhooks().AddApi();
        services.AddScoped<QueueDesk>().AddScoped<QueuePeople>()
            .AddScoped<ApprovalDesk>().AddScoped<IApprovals>(s => s.GetRequiredService<ApprovalDesk>());
        services.AddAudit().AddPatientAccess().AddFiles().AddAttachments().AddContactLog().AddIndicators().AddCodes().AddSettings().AddSearch()
            .AddScoped<TaskInbox>().AddImports().AddLetters().AddScoped<PrintedLogo>().AddMailMerge().AddLinks().AddSignatures().AddForms()
            .AddAcknowledgements().AddRetention();
        services.AddBus(options);

        // Loaded last, so that the check "replaces a host service" sees all of them.
        var modules = ModuleLoading.Load(options, services);
        services.AddSingleton(modules).AddSingleton<Help.HelpBook>();
        services.AddSingleton<ModuleInstaller>().AddSingleton<ModuleRemover>().AddSingleton<ModuleStandings>().AddSingleton<InstallByPage>();
        services.AddSingleton<ModuleEnabling>().AddSingleton<FillSources>().AddSingleton<ModuleOverview>();
        services.AddModuleDatabases(modules);
        services.AddControllersWithViews(mvc =>
            {
                mvc.Filters.Add<ReadableForm>();
                mvc.Filters.Add<FlushFilter>();
                mvc.Filters.Add<PdfFilter>();
                // Inside the flush of the access log, outside of answers that are kept for programs.
                mvc.Filters.Add<PatientFilter>();
            })
            .AddJsonOptions(json => json.JsonSerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)
            // A note is also read on the page that follows the way back from a sign-in provider, where a strict cookie would not come along.
            .AddCookieTempDataProvider(cookie => cookie.Cookie = new HostCookie("note", SameSiteMode.Lax)).AddModules(modules);
        services.AddSingleton<IActionResultExecutor<LocalRedirectResult>, PlainRedirects>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = "RequestVerificationToken";
            antiforgery.Cookie = new HostCookie("request-token");
        });
        return modules;
    }

    private static void Use(WebApplication app, InstalledModules modules, StartOptions options)
    {
        app.UseTrustedProxies(options.Proxies);
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseExceptionHandler("/problem/500");
        app.UseMiddleware<DatabaseMiddleware>();
        app.UseMiddleware<PracticeMiddleware>();
        app.UseAssets();
        app.UseStatusCodePagesWithReExecute("/problem/{0}");
        app.UseMiddleware<PublicDoor>();
        app.UseRouting();
        app.Use(RequestLog.NoteRoute);
        app.UseMiddleware<SessionMiddleware>();
        app.UseTokens();
        app.UseMiddleware<BearerMiddleware>();
        app.UseMiddleware<ModuleGate>();
        app.UsePatientAccess();
        app.MapControllers();
        app.MapLive();
        ModuleGate.Check(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints), modules);
    }
}
