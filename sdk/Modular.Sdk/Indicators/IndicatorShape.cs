namespace Modular.Sdk;

/// <summary>How days and places of an indicator are put together.</summary>
public enum IndicatorShape
{
    /// <summary>Days and places are added: registrations.</summary>
    Sum,

    /// <summary>Both parts are added and divided at the end, so that a large place weighs more than a small one: no-show rate.</summary>
    Ratio,

    /// <summary>What stands at the end of a day: places are added, days are not, the last one counts: referrals overdue.</summary>
    Snapshot,

    /// <summary>Each measurement falls into a bucket; the median and the 90th percentile are told: minutes of waiting.</summary>
    Distribution,
}

/// <summary>What an indicator is counted in.</summary>
public enum IndicatorUnit
{
    /// <summary>12.</summary>
    Count,

    /// <summary>0.125 is 12.5%.</summary>
    Share,

    /// <summary>12 min.</summary>
    Minutes,

    /// <summary>12 days.</summary>
    Days,

    /// <summary>In the practice's currency.</summary>
    Money,
}

/// <summary>Which way an indicator gets better.</summary>
public enum IndicatorDirection
{
    Up,
    Down,
}

/// <summary>The time for which a sum is told.</summary>
public enum IndicatorPeriod
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
}
