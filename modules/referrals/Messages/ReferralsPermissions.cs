namespace Modular.Referrals;

/// <summary>What somebody may do here: named once, for routes, navigation and checks.</summary>
public static class ReferralsPermissions
{
    public const string Read = "referrals.referral.read";
    public const string Write = "referrals.referral.write";
    public const string Send = "referrals.referral.send";
    public const string Close = "referrals.referral.close";
    public const string Export = "referrals.referral.export";
    public const string Setup = "referrals.setup.manage";
}
