using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Frame;

/// <summary>The location the person chose in the top bar, kept by the browser; the first one they work at until they choose.</summary>
public static class Places
{
    public const string Cookie = "place";

    public static ChosenLocation Of(ScopeContext scope, HttpRequest? request)
    {
        if (!scope.HasPractice)
        {
            return new(null, []);
        }

        var data = DataScope.Of(scope.Actor);
        List<Location> choices = [.. scope.Practice.Locations.Where(l => l.Active && data.Sees(l.Id))];
        var kept = request?.Cookies[HostCookie.NameOf(request, Cookie)];
        var chosen = Guid.TryParse(kept, out var id) ? choices.FirstOrDefault(l => l.Id == id) : null;
        return new(chosen ?? choices.FirstOrDefault(), choices);
    }
}
