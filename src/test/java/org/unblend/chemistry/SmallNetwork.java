package org.unblend.chemistry;

/** A few reactions of hydrogen, carbon and oxygen with invented coefficients of the usual size, in UMIST's layout. */
final class SmallNetwork {
    static final String TEXT = """
            # a comment
            1:CP:H2:CRP:H2+:E-:::1:1.2E-17:0:0:10:41000:L:C:"made up"::
            2:CP:HE:CRP:HE+:E-:::1:6.5E-18:0:0:10:41000:L:C:::
            3:IN:H2:H2+:H3+:H:::1:2.1E-9:0:0:10:41000:L:C:::
            4:IN:H3+:CO:HCO+:H2:::1:1.6E-9:-0.1:0:10:41000:L:C:::
            5:IN:H3+:O:OH+:H2:::1:8E-10:-0.2:0:10:41000:L:C:::
            6:IN:OH+:H2:H2O+:H:::1:1E-9:0:0:10:41000:L:C:::
            7:DR:H2O+:E-:OH:H:::1:9E-8:-0.5:0:10:41000:L:C:::
            8:DR:HCO+:E-:CO:H:::1:2.4E-7:-0.7:0:10:41000:L:C:::
            9:DR:H3+:E-:H2:H:::1:2.3E-8:-0.5:0:10:41000:L:C:::
            10:NN:C:OH:CO:H:::1:1E-10:0:0:10:41000:L:C:::
            11:IN:C+:OH:CO+:H:::1:7.7E-10:-0.5:0:10:41000:L:C:::
            12:IN:CO+:H2:HCO+:H:::1:7.5E-10:0:0:10:41000:L:C:::
            13:RR:C+:E-:C:PHOTON:::1:2.4E-12:-0.8:0:10:41000:L:C:::
            14:IN:HE+:CO:O:C+:HE::1:1.6E-9:0:0:10:41000:L:C:::
            15:RR:HE+:E-:HE:PHOTON:::1:5.4E-12:-0.5:0:10:41000:L:C:::
            16:PH:C:PHOTON:C+:E-:::1:3.1E-10:0:3.3:10:41000:L:C:::
            17:PH:CO:PHOTON:O:C:::1:2E-10:0:3.5:10:41000:L:C:::
            18:PH:OH:PHOTON:O:H:::1:3.9E-10:0:2.2:10:41000:L:C:::
            19:CR:C:CRPHOT:C+:E-:::1:1.3E-17:0:510:10:41000:L:C:::
            20:CR:CO:CRPHOT:O:C:::1:1.3E-17:1.2:105:10:41000:L:C:::
            21:NN:O:OH:O2:H:::1:4E-11:0:0:10:41000:L:C:::
            22:NN:C:O2:CO:O:::2:5E-11:0:0:10:300:L:C:::2E-11:0.5:10:300:41000:L:C:::
            23:IN:C+:O2:CO+:O:::1:3.4E-10:0:0:10:41000:L:C:::
            24:PH:O2:PHOTON:O:O:::1:7.9E-10:0:2.1:10:41000:L:C:::
            25:CP:H:CRP:H+:E-:::1:6E-18:0:0:10:41000:L:C:::
            26:RR:H+:E-:H:PHOTON:::1:3.5E-12:-0.75:0:10:41000:L:C:::
            27:CE:H+:O:O+:H:::1:7.3E-10:0:230:10:41000:L:C:::
            28:IN:O+:H2:OH+:H:::1:1.7E-9:0:0:10:41000:L:C:::
            """;

    private SmallNetwork() {}

    static Network network() {
        try {
            return NetworkReader.read("small.csv", TEXT, "small");
        } catch (NetworkFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
