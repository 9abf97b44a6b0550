namespace Modular.Sdk;

/// <summary>Tells open pages that something changed. Carries ids only; a page that follows the topic fetches what it may see.</summary>
public interface ILive
{
    /// <summary>Sent after the current write commits, or at once outside a write.</summary>
    /// <param name="topic">A topic declared with <see cref="ModuleBuilder.Topic"/>.</param>
    /// <param name="key">Which one: a date, a provider id; empty for all.</param>
    void Changed(string topic, string key = "");

    /// <summary>As <see cref="Changed(string, string)"/>, of something at one location: nobody hears of it who does not work there.</summary>
    /// <param name="topic">A topic declared with <see cref="ModuleBuilder.Topic"/>.</param>
    /// <param name="key">Which one: a date, a provider id; empty for all. A key that is a location's id says its location itself.</param>
    /// <param name="locationId">Where it happened.</param>
    /// <example><c>live.Changed("referrals.list", referral.Id.ToString("N"), referral.LocationId);</c></example>
    void Changed(string topic, string key, Guid locationId);
}
