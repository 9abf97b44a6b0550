namespace Modular.Sdk;

/// <summary>
/// The one class a module must have: it declares everything the module adds to a practice.
/// The host creates it once per process, calls <see cref="Configure"/> once, and never asks it again.
/// </summary>
/// <example><code>
/// public sealed class ReferralsModule : IModule
/// {
///     public void Configure(ModuleBuilder module) => module
///         .Database&lt;ReferralsDb&gt;()
///         .Permission("referrals.referral.read", "See referrals", Roles.FrontDesk)
///         .Navigation("Referrals", "/referrals", "file", "referrals.referral.read");
/// }
/// </code></example>
public interface IModule
{
    /// <summary>Declares the module. Must not read a database, a file or the network: it runs once, before any practice is known.</summary>
    void Configure(ModuleBuilder module);
}
