using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.Host.Bus;
using Modular.Host.Composition;
using Modular.Host.FirstRun;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Testing;

/// <summary>
/// A practice of the test's own, on the real host: patients, scheduling and the module under test are on, the database is new, the pages
/// answer on a port of this machine. Nothing is replaced but the clock.
/// </summary>
/// <remarks>Starting takes a second or two, so share one among tests that add rows of their own; see the page on testing.</remarks>
/// <example><code>
/// await using var practice = await TestPractice.StartAsync();
/// using var desk = await practice.SignInAsync("front-desk");
/// (await desk.OpenAsync("/referrals")).ShouldSay("Nothing here yet");
/// </code></example>
public sealed partial class TestPractice : IAsyncDisposable
{
    // Hosts of one run share it: they must agree on the master key, and it is small.
    private static readonly Lazy<string> Data = new(MakeDataFolder);

    private readonly WebApplication app;
    private readonly Practice practice;
    private readonly People people;
    private readonly Thrown thrown;

    private TestPractice(WebApplication app, Practice practice, TestClock clock, Thrown thrown)
    {
        (this.app, this.practice, Clock, this.thrown) = (app, practice, clock, thrown);
        people = new(app.Services, practice);
        Address = new($"http://localhost:{new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port}");
    }

    /// <summary>Where a browser finds it.</summary>
    public Uri Address { get; }

    /// <summary>The time of the practice; the test moves it on.</summary>
    public TestClock Clock { get; }

    /// <summary>The locations, in the order of the setup.</summary>
    public IReadOnlyList<Location> Locations { get; private init; } = [];

    /// <summary>Starts a host with one practice.</summary>
    /// <param name="setup">What differs from the usual: zone, locations, modules that are off at first.</param>
    /// <exception cref="TestFailedException">
    /// A module under test does not run: the message is what the modules page would say, every fault of it. Or a migration failed, with its file
    /// and line; or a model is not what the migrations made, column by column.
    /// </exception>
    public static async Task<TestPractice> StartAsync(PracticeSetup? setup = null)
    {
        setup ??= new();
        var (clock, thrown) = (new TestClock(), new Thrown());
        var app = HostApp.Build(await OptionsAsync(setup), builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton(Quick);
            builder.Services.AddSingleton<IExceptionHandler>(thrown);
            builder.Logging.SetMinimumLevel(LogLevel.Error);
        });
        try
        {
            RequireRunning(app.Services.GetRequiredService<InstalledModules>());
            await app.StartAsync();
            await app.Services.GetRequiredService<NodeService>().Ready;
            Location[] locations = [.. setup.Locations.Select(name => new Location(Guid.CreateVersion7(), name, setup.Zone))];
            var practice = await app.Services.GetRequiredService<PracticeMaker>().AddAsync(Wanted(app.Services, setup, locations), default);
            await RequireModelsAsync(app.Services, practice);
            return new(app, practice, clock, thrown) { Locations = locations };
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody signed in through the real page, who holds one of the role presets: <c>front-desk</c>, <c>nurse</c>, <c>provider</c>, <c>biller</c>, <c>manager</c>, <c>hr</c>, <c>supplies</c>, <c>marketing</c>, <c>owner</c>.</summary>
    /// <param name="role">The preset; see <see cref="Roles"/>.</param>
    /// <param name="locations">Where the person works; none means everywhere.</param>
    public async Task<TestPerson> SignInAsync(string role, params Location[] locations)
    {
        var name = await people.EnsureAsync(role, locations);
        var person = Nobody();
        var page = await person.OpenAsync("/account/sign-in");
        page = await page.SubmitAsync("form#sign-in", ("Name", name), ("Password", People.Password));
        return page.Path.StartsWith("/account", StringComparison.Ordinal) ? throw new TestFailedException($"The sign-in as {role} was refused: {page.Text}") : person;
    }

    /// <summary>A browser in which nobody has signed in.</summary>
    public TestPerson Nobody() => new(Address, thrown);

    /// <summary>What pages threw, for a browser, which does not say it.</summary>
    internal string Told => thrown.Told;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var (server, catalogue) = (app.Services.GetRequiredService<DatabaseServer>(), app.Services.GetRequiredService<StartOptions>().Catalogue);
        await app.StopAsync();
        await app.DisposeAsync();
        await TestServer.ForgetAsync(server, catalogue);
    }

    private static async Task<StartOptions> OptionsAsync(PracticeSetup setup) => new()
    {
        Development = true,
        Connection = await TestServer.ConnectionAsync(),
        Port = 0,
        Catalogue = $"t{Guid.CreateVersion7():N}"[..20],
        DataDirectory = Data.Value,
        ModuleFolders = [.. HostAssemblies.Modules, .. setup.Modules],
        // Tests share a busy machine; a panel that is late there is not late in a practice.
        SlotBudget = TimeSpan.FromSeconds(10),
    };

    private static NewPractice Wanted(IServiceProvider services, PracticeSetup setup, IReadOnlyList<Location> locations) => new(
        "test", "Test Practice", setup.Zone, ["localhost", "127.0.0.1"], locations,
        [.. services.GetRequiredService<InstalledModules>().Running.Select(m => m.Id).Except(setup.Off)]);

    private static void RequireRunning(InstalledModules modules)
    {
        if (modules.All.Where(m => !m.Runs).ToList() is { Count: > 0 } refused)
        {
            throw new TestFailedException(string.Join('\n', refused.Select(m => $"The module {m.Id} in {m.Folder} does not run. {m.Reason}{Trace(m)}")));
        }

        static string Trace(LoadedModule module) => module.Failure is null ? "" : $"\n{module.Failure}";
    }

    private static async Task RequireModelsAsync(IServiceProvider services, Practice practice)
    {
        if (practice.Snapshot.Failed is { Count: > 0 } failed)
        {
            throw new TestFailedException(string.Join('\n', failed.Select(f => $"The migrations of {f.Key} failed. {f.Value}")));
        }

        await using var scope = services.OpenScope(practice, Actor.System("test"));
        if (await ModelCheck.FaultsAsync(scope.ServiceProvider, practice.Database, services.GetRequiredService<InstalledModules>().Running) is { Count: > 0 } faults)
        {
            throw new TestFailedException($"The model is not what the migrations made:\n{string.Join('\n', faults)}");
        }
    }

    private static string MakeDataFolder()
    {
        var folder = Directory.CreateTempSubdirectory("modular-testing-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
