using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Npgsql;

namespace Modular.Benchmarks.Floor;

/// <summary>The ceilings as a server of its own: <c>floor PORT CONNECTION</c>.</summary>
public static class FloorApp
{
    public const string Zone = "America/New_York";

    public static string Time(DateTimeOffset instant) => WallTime.At(instant, Zone).ToString("h:mm", CultureInfo.InvariantCulture);

    public static async Task RunAsync(int port, string connection)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var database = NpgsqlDataSource.Create(connection);
        builder.Services.AddDbContextPool<FloorDb>(db => db.UseNpgsql(database));
        builder.Services.AddControllersWithViews().ConfigureApplicationPartManager(OnlyThisAssembly);
        var app = builder.Build();
        app.MapControllers();
        app.MapGet("/hand/day", http => HandWritten.DayAsync(http, database));
        app.MapGet("/hand/key", http => HandWritten.KeyAsync(http, database));
        app.MapGet("/hand/nothing", () => "ok");
        await app.RunAsync();
    }

    /// <summary>The host's own controllers come along with the reference to it; the floor has none of them.</summary>
    private static void OnlyThisAssembly(ApplicationPartManager parts)
    {
        var others = parts.ApplicationParts.Where(p => p.Name != Assembly.GetExecutingAssembly().GetName().Name).ToList();
        others.ForEach(p => parts.ApplicationParts.Remove(p));
    }
}
