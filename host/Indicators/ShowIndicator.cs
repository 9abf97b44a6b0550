using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>One indicator: its figure, its way over time, and the table of both, by place, provider or dimension where it is asked.</summary>
public sealed class ShowIndicator(KnownIndicators known, IndicatorReader reader, CoreDb core, IPractice practice) : Slice
{
    /// <summary>What the address asks for, as it was typed.</summary>
    public sealed record Question(string? Period, string? From, string? To, Guid? Location, Guid? Provider, string? By, string? First);

    /// <param name="Fault">Why what was asked for is not shown; the usual time is shown instead.</param>
    public sealed record Model(
        IndicatorReading Reading, ListPage<IndicatorRow> Table, Question Asked,
            IReadOnlyList<Location> Places, IReadOnlyList<StaffMember> Providers, string? Fault);

    [HttpGet("/indicators/{key}")]
    [Needs(IndicatorPermissions.Read)]
    [Export(IndicatorPermissions.Export)]
    public async Task<IActionResult> Get(string key, [FromQuery] Question asked, ListQuery query, CancellationToken ct)
    {
        if (known.FindMine(key) is not { Of: var indicator })
        {
            return known.All.GetValueOrDefault(key) is { On: false } off ? View("IndicatorOff", off) : NotFound();
        }

        var places = IndicatorPlaces.Of(Actor, practice);
        var (ask, fault) = Read(indicator, asked, places);
        if (fault is not null)
        {
            if (AsFile)
            {
                return ApiProblem.Of(StatusCodes.Status400BadRequest, fault);
            }

            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        var reading = (await reader.ReadAsync([indicator], ask, ct))[0];
        var providers = indicator.ByProvider
            ? await core.StaffMembers.AsNoTracking().Where(s => s.IsProvider).OrderBy(s => s.LastName).ToListAsync(ct) : [];
        var rows = ask.By.Length == 0 ? reading.Rows() : Parts(reading, await NamesAsync(ask.By, places, providers, ct));
        return await ListAsync(
            IndicatorTable.Of(indicator, ask.By.Length == 0 ? null : IndicatorWords.Splits(indicator)[ask.By]), rows.AsQueryable(), query,
            page => Task.FromResult<object>(new Model(reading, page, asked, places, providers, fault)), ct);
    }

    private (IndicatorAsk Ask, string? Fault) Read(Indicator indicator, Question asked, IReadOnlyList<Location> places)
    {
        var today = WallTime.Today(Clock, practice.Zone);
        var span = IndicatorSpan.Of(asked.Period ?? "", today);
        string? fault = null;
        if (!string.IsNullOrWhiteSpace(asked.From) || !string.IsNullOrWhiteSpace(asked.To))
        {
            (var typed, fault) = IndicatorSpan.Typed(asked.From, asked.To, today);
            span = typed ?? span;
        }

        fault ??= asked.Period is { Length: > 0 } period && !IndicatorSpan.Choices.ContainsKey(period) ? "There is no such time to choose." : null;
        fault ??= asked.By is { Length: > 0 } by && !IndicatorWords.Splits(indicator).ContainsKey(by)
            ? $"{indicator.Title} cannot be split by this." : null;
        fault ??= asked.Location is { } place && places.All(p => p.Id != place)
            ? "You do not work at this location, or there is none of this kind." : null;
        fault ??= asked.Provider is not null && !indicator.ByProvider ? $"{indicator.Title} is not counted by provider." : null;
        fault ??= ModelState.IsValid ? null : "The address asks for what there is not.";
        return fault is null
            ? (new(span, asked.Location, asked.Provider, indicator.First is null ? null : Reading.Clean(asked.First), asked.By ?? ""), null)
            : (new(IndicatorSpan.Of("", today)), fault);
    }

    private static IReadOnlyList<IndicatorRow> Parts(IndicatorReading reading, IReadOnlyDictionary<string, string> names) =>
    [
        .. reading.Parts
            .Select(p => new IndicatorRow(reading.Ask.Span.From,
                p.Value is null ? "Not said" : names.GetValueOrDefault(p.Value, p.Value), reading.Of, p.Tally, null, null))
            .OrderBy(r => r.Label, StringComparer.CurrentCultureIgnoreCase),
    ];

    /// <summary>Of the ids in the rows; a dimension's values are their own names.</summary>
    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(
        string by, IReadOnlyList<Location> places, IReadOnlyList<StaffMember> providers, CancellationToken ct) => by switch
        {
            "location" => places.ToDictionary(p => p.Id.ToString(), p => p.Name),
            "provider" => providers.ToDictionary(p => p.Id.ToString(), p => p.DisplayName),
            "entity" => await core.LegalEntities.AsNoTracking().ToDictionaryAsync(e => e.Id.ToString(), e => e.Name, ct),
            _ => new Dictionary<string, string>(),
        };
}
