using Microsoft.AspNetCore.Antiforgery;
using Modular.Host.Callers;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Frame;

/// <summary>Gathers what stands around a page.</summary>
public sealed class FrameReader(
    ScopeContext scope, InstalledModules modules, FrameCounter counter, ChosenLocation place, CurrentSession current, TimeProvider clock, IAntiforgery antiforgery, ISettings<PracticeSettings> settings)
{
    /// <summary>As the session's own limit: the page warns and locks by itself.</summary>
    public int? IdleSeconds => (int?)current.Session?.IdleLimit.TotalSeconds;

    public async Task<FrameModel> ReadAsync(HttpContext http)
    {
        if (scope.Visit is not null)
        {
            throw new InvalidOperationException("A page for people without an account has no rail, counts or search, whatever layout it names.");
        }

        var entries = Allowed();
        var counts = await counter.CountAsync(entries, http.RequestAborted);
        var here = entries.Where(e => At(http.Request.Path, e.Path)).MaxBy(e => e.Path.Length);
        var keys = new HashSet<char> { 'h' };
        var rail = entries.Select(e => new RailEntry(e.Title, e.Path, e.Icon, e.Order < 500 ? 0 : e.Order < 900 ? 1 : 2, e == here, Key(e.Title, keys), counts.Entries.GetValueOrDefault(e)));
        var zone = place.Location?.Zone ?? scope.Practice.Zone;
        return new([.. rail], FrameSettings.Of(http.Request), place, counts, WallTime.Today(clock, zone), antiforgery.GetAndStoreTokens(http).RequestToken,
            (await settings.GetAsync(ct: http.RequestAborted)).ScannerPrefix);
    }

    /// <summary>The pages of the rail that this person may open; the search finds them too.</summary>
    public List<NavigationEntry> Allowed() =>
    [
        .. modules.WithCore.Where(m => scope.Practice.IsOn(m.Id)).SelectMany(m => m.Declared.Navigation)
            .Where(e => scope.Actor.SignedIn && scope.Actor.Can(e.Permission) && (e.Feature is null || scope.Practice.HasFeature(e.Feature))).OrderBy(e => e.Order).ThenBy(e => e.Title, StringComparer.Ordinal),
    ];

    private static bool At(PathString path, string entry) => path.StartsWithSegments(new PathString(entry.Split('?')[0]));

    /// <summary>The first letter of the title that no earlier entry took, or else of the alphabet; with more than 36 entries some share.</summary>
    private static string Key(string title, HashSet<char> taken) =>
        $"g {(title.ToLowerInvariant() + "abcdefghijklmnopqrstuvwxyz0123456789").FirstOrDefault(c => char.IsAsciiLetterOrDigit(c) && taken.Add(c), '0')}";
}
