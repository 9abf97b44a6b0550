using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>What an indicator is.</summary>
public sealed record IndicatorBody(
    string Key, string Title, [property: Description("What is counted, in plain words.")] string Definition, string Module,
    [property: Description("sum, ratio, snapshot or distribution.")] string Shape,
        [property: Description("count, share, minutes, days or money; a share of 0.05 is 5%.")] string Unit,
    [property: Description("day, week, month, quarter or year: the time that a target of a sum is for.")] string Period,
        [property: Description("up or down.")] string Better,
    [property: Description("What the split by first is; null when there is none.")] string? First, string? Second);

public sealed record IndicatorValues(
    string Key, DateOnly From, DateOnly To, [property: Description("day, week or month: what a point is.")] string Grain,
        IndicatorValue Total, IndicatorValue Before, IndicatorValue YearBefore,
    decimal? Target, [property: Description("The last day that was counted.")] DateOnly? CountedTo, IReadOnlyList<IndicatorPointValue> Points,
    [property: Description("The whole by what was asked for; empty without it.")] IReadOnlyList<IndicatorPartValue> Parts);

/// <param name="Figure">Null when nothing was counted, or the lower part of a ratio is 0.</param>
public sealed record IndicatorValue(
    decimal? Figure, [property: Description("The sum, or the upper part of a ratio.")] decimal Value,
    [property: Description("The lower part of a ratio; how many measurements a distribution has.")] decimal Base,
        [property: Description("Of a distribution.")] decimal? Percentile90);

public sealed record IndicatorPointValue(DateOnly Starts, IndicatorValue Value);

public sealed record IndicatorPartValue(
    [property: Description("Id of a location, provider or entity, or the value of a dimension.")] string? Part, IndicatorValue Value);

/// <summary>Indicators for programs: those that the program's permissions and places reach.</summary>
[Needs(IndicatorPermissions.Read)]
public sealed class IndicatorsApi(KnownIndicators known, IndicatorReader reader, IPractice practice) : ApiSlice
{
    public sealed record All(IReadOnlyList<IndicatorBody> Items);

    [HttpGet("/api/indicators"), Description("The indicators that the program may read."), ProducesResponseType<All>(200)]
    public IActionResult List() => Ok(new All([.. known.Mine.Select(k => Of(k.Of, k.Module.Id))]));

    [HttpGet("/api/indicators/{key}"), Description("One indicator over a time: its figure, the time before, the year before, its points and parts.")]
    [ProducesResponseType<IndicatorValues>(200), ProducesResponseType(404), ProducesResponseType(422)]
    public async Task<IActionResult> Get(
        string key, [Description("First day.")] DateOnly? from, [Description("Last day; today when left out.")] DateOnly? to,
        [Description("Null for all locations that the program may see.")] Guid? location, Guid? provider,
        [Description("location, provider, entity, first or second.")] string? by, CancellationToken ct)
    {
        if (known.FindMine(key) is not { Of: var indicator })
        {
            return Missing("There is no such indicator here.");
        }

        var today = WallTime.Today(Clock, practice.Zone);
        var (span, fault) = from is null && to is null ? (IndicatorSpan.Of("", today), null) : IndicatorSpan.Typed(Text(from), Text(to), today);
        if (span is null)
        {
            return Invalid("from", fault!);
        }

        if (by is { Length: > 0 } && !IndicatorWords.Splits(indicator).ContainsKey(by))
        {
            return Invalid("by", $"{indicator.Title} cannot be split by this.");
        }

        if (location is { } place && IndicatorPlaces.Of(Actor, practice).All(p => p.Id != place))
        {
            return Invalid("location", "There is no such location.");
        }

        var reading = (await reader.ReadAsync([indicator], new(span, location, indicator.ByProvider ? provider : null, null, by ?? ""), ct))[0];
        return Ok(new IndicatorValues(key, span.From, span.To, span.Grain, Of(indicator, reading.Total),
            Of(indicator, reading.Before), Of(indicator, reading.YearBefore),
            reading.Target, reading.CountedTo, [.. reading.Points.Select(p => new IndicatorPointValue(p.Starts, Of(indicator, p.Tally)))],
            by is { Length: > 0 } ? [.. reading.Parts.Select(p => new IndicatorPartValue(p.Value, Of(indicator, p.Tally)))] : []));
    }

    private static string? Text(DateOnly? day) => day is { } d ? Said.ShortDay(d) : null;

    private static IndicatorBody Of(Indicator i, string module) =>
        new(i.Key, i.Title, i.Definition, module, i.Shape.Text(), i.Unit.Text(), i.Period.Text(), i.Better.Text(), i.First, i.Second);

    private static IndicatorValue Of(Indicator of, IndicatorTally t) => new(
        t.Figure(of), t.Value, t.Base, of.Shape == IndicatorShape.Distribution ? t.Percentile(of, 0.9m) : null);
}
