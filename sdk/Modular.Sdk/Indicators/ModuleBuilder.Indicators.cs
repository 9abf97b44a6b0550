namespace Modular.Sdk;

public sealed partial class ModuleBuilder
{
    /// <summary>Figures by which the practice is led, and what counts them.</summary>
    /// <exception cref="ArgumentException">One of them is not declared in full, or some are of the whole practice and some are not.</exception>
    /// <example><code>module.Indicators&lt;VisitIndicators&gt;(VisitIndicators.Utilization, VisitIndicators.NoShows)</code></example>
    public ModuleBuilder Indicators<TSource>(params Indicator[] indicators) where TSource : class, IIndicatorSource
    {
        if (indicators.Select(i => (i.Key, Fault: i.Fault(Manifest.Id)))
            .FirstOrDefault(i => i.Fault is not null) is { Fault: { } fault, Key: var key })
        {
            throw new ArgumentException($"The indicator {key} {fault}.", nameof(indicators));
        }

        if (indicators.Select(i => i.PracticeWide).Distinct().Count() != 1)
        {
            throw new ArgumentException("A source counts place by place or for the whole practice; declare two.", nameof(indicators));
        }

        Declared.Indicators.Add(new(typeof(TSource), indicators));
        return this;
    }

    /// <summary>
    /// Has days of a source counted again that a saved row touches, or touched before it was changed, so that what is corrected late is right
    /// within the hour. Days that are not over need none of it: today is counted anyway. Rows written past the context (SQL) are not noticed.
    /// </summary>
    /// <example><code>module.Recounts&lt;VisitIndicators, Visit&gt;(v => [new(v.LocationId, v.Day)])</code></example>
    public ModuleBuilder Recounts<TSource, TEntity>(Func<TEntity, IEnumerable<IndicatorDay>> days)
        where TSource : class, IIndicatorSource where TEntity : class, IVersioned
    {
        Declared.Recounts.Add(new(typeof(TSource), typeof(TEntity), row => days((TEntity)row)));
        return this;
    }
}
