using Modular.Sdk;

namespace Modular.Host.Indicators;

public static class IndicatorPlaces
{
    /// <summary>The places whose figures a person or program may read, closed ones too: what was counted there is kept.</summary>
    public static IReadOnlyList<Location> Of(Actor actor, IPractice practice)
    {
        var reach = DataScope.Of(actor);
        return [.. practice.Locations.Where(p => reach.Sees(p.Id))];
    }
}
